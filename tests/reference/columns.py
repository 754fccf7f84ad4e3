"""The columns of each file of a portfolio folder; the first is the row's own id."""

COLUMNS = {
    entity: tuple(columns.split())
    for entity, columns in {
        "partners": "partner_id name type other_types tier tier_review_on status class labels region country"
        " industry currency owner_email parent_partner_id enrolled_on terminated_on website vendor_sponsor"
        " partner_sponsor sales_people technical_people our_share credit_limit credit_used",
        "contacts": "contact_id partner_id name role email phone is_primary is_executive influence left_on",
        "agreements": "agreement_id partner_id kind signed_on expires_on notice_by renews_itself",
        "terms": "term_id partner_id kind text value valid_from valid_until announced_on",
        "deals": "deal_id partner_id opportunity_id name customer kind stage status amount currency"
        " submitted_at"
        " decided_at decision protected_until conflict_on expected_close_on closed_on stage_changed_on"
        " last_activity_on forecast probability owner_email next_step competitor lost_reason campaign_id",
        "orders": "order_id partner_id booked_on amount currency product quantity customer deal_id"
        " territory kind",
        "usage": "usage_id partner_id month customer product seats active_seats recurring_revenue currency",
        "renewals": "renewal_id partner_id customer product seats value renewed_value currency due_on"
        " opened_on"
        " forecast status decided_on owner_email",
        "certifications": "certification_id partner_id person name track mandatory awarded_on expires_on",
        "projects": "project_id partner_id customer name value currency status health started_on due_on"
        " completed_on csat csat_on referenceable",
        "listings": "listing_id partner_id name marketplace published_on updated_on api_version"
        " api_retires_on"
        " certified_until status",
        "listing_activity": "activity_id listing_id partner_id month views installs uninstalls"
        " active_customers"
        " tickets gross_sales our_share currency",
        "sell_through": "line_id partner_id reseller reseller_partner_id customer product territory"
        " month units"
        " value currency reported_on",
        "pos_reports": "report_id partner_id month due_on received_on",
        "inventory": "inventory_id partner_id counted_on product units value aged_value currency",
        "referrals": "referral_id partner_id customer submitted_at first_response_at last_status_at status"
        " closed_on value currency fee fee_earned_on fee_due_on fee_paid_on",
        "funds": "fund_id partner_id name period_start period_end allocated currency",
        "fund_claims": "claim_id fund_id partner_id kind activity requested_at decided_at claim_by"
        " status amount"
        " claimed_on paid_on attributed_pipeline currency",
        "campaigns": "campaign_id partner_id name started_on ended_on leads attributed_pipeline currency",
        "incentives": "incentive_id partner_id program period amount currency due_on paid_on corrected",
        "rebates": "rebate_id partner_id program metric period_start period_end threshold payout currency",
        "cases": "case_id partner_id customer severity subject opened_at respond_by first_response_at"
        " resolved_at"
        " reopened",
        "requests": "request_id partner_id deal_id kind subject amount currency asked_at needed_by"
        " answered_at"
        " decision valid_until honoured owner_email",
        "meetings": "meeting_id partner_id kind subject scheduled_at status missed_by attendees",
        "milestones": "milestone_id partner_id kind name due_on completed_on",
        "investments": "investment_id partner_id side kind pledged amount currency spent_on",
        "assessments": "assessment_id partner_id side question score assessed_on",
        "advocacy": "advocacy_id partner_id kind done_on text",
        "accounts": "account_id partner_id customer relation potential currency products owner",
        "targets": "target_id partner_id metric period_start period_end value currency",
        "exchange_rates": "rate_id currency rated_on rate",
        "commitments": "commitment_id partner_id side text owner due_on done_on dropped_on",
        "notes": "note_id partner_id written_at text",
    }.items()
}
